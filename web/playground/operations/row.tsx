import type { ComponentChildren } from "preact";

interface RowProps {
  readonly id: string;
  readonly label: string;
  /** One sentence, read to whoever cannot see it while hints are hidden. */
  readonly about: string;
  /** True: the label names a group, not the control with this id. */
  readonly group?: boolean;
  readonly children: ComponentChildren;
}

/** A label, its control beside it, and what the table says about it. */
export const Row = ({ id, label, about, group = false, children }: RowProps) => (
  <div class="option" title={about}>
    {group ? (
      <span class="label" id={`${id}-label`}>
        {label}
      </span>
    ) : (
      <label class="label" for={id}>
        {label}
      </label>
    )}
    {children}
    <p class="hint" id={`${id}-about`}>
      {about}
    </p>
  </div>
);
