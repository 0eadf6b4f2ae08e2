import { Icon } from "../../shared/icon.tsx";

interface DividerProps {
  /** Per cent from the left. */
  readonly at: number;
  readonly onMove: (at: number) => void;
}

const STEP = 2;

const KEYS: Readonly<Record<string, (at: number) => number>> = {
  ArrowLeft: (at) => at - STEP,
  ArrowDown: (at) => at - STEP,
  ArrowRight: (at) => at + STEP,
  ArrowUp: (at) => at + STEP,
  PageDown: (at) => at - 5 * STEP,
  PageUp: (at) => at + 5 * STEP,
  Home: () => 0,
  End: () => 100,
};

/** Between source and result; for mouse, finger and arrow keys. */
export const Divider = ({ at, onMove }: DividerProps) => (
  <div
    class="divider"
    role="slider"
    tabIndex={0}
    aria-label="Divider between source and result"
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={Math.round(at)}
    aria-valuetext={`${Math.round(at)} % source, ${100 - Math.round(at)} % result`}
    onKeyDown={(event) => {
      const next = KEYS[event.key];
      if (!next) return;
      event.preventDefault();
      onMove(Math.max(0, Math.min(100, next(at))));
    }}
  >
    <span>
      <Icon name="divide" />
    </span>
  </div>
);
