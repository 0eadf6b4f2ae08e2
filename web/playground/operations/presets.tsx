import { PRESETS, type Preset } from "../model/presets.ts";

/** Chains to start from. */
export const Presets = ({ onChoose }: { readonly onChoose: (preset: Preset) => void }) => (
  <section class="panel" aria-labelledby="presets-title">
    <h2 id="presets-title">Start from</h2>
    <div class="chips">
      {PRESETS.map((preset) => (
        <button
          key={preset.name}
          type="button"
          class="button small"
          title={preset.about}
          onClick={() => onChoose(preset)}
        >
          {preset.name}
        </button>
      ))}
    </div>
  </section>
);
