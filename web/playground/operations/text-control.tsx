import type { ControlProps } from "./control.tsx";
import { Row } from "./row.tsx";
import { TextBox } from "./text-box.tsx";

export const TextControl = ({ id, label, about, ...box }: ControlProps) => (
  <Row id={id} label={label} about={about}>
    <TextBox id={id} {...box} />
  </Row>
);
