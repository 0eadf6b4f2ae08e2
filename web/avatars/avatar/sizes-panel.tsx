import "./sizes-panel.css";
import { CopyButton } from "../../shared/copy-button.tsx";
import type { Avatar } from "./api.ts";

interface Props {
  readonly avatar: Avatar;
}

/** The named sizes, each with its own picture and address. */
export const SizesPanel = ({ avatar: { described } }: Props) => (
  <section class="panel sizes" aria-labelledby="sizes">
    <h2 id="sizes">Every size</h2>
    <ul>
      {Object.entries(described.sizes).map(([name, { path, available }]) => (
        <li key={name}>
          <img class="round" src={path} width={56} height={56} alt="" loading="lazy" />
          <img class="square" src={path} width={56} height={56} alt="" loading="lazy" />
          <span class="grow">
            <a href={path}>{name}</a>
            <span class="hint">
              {sideIn(path)} pixels{!available && ", enlarged"}
            </span>
          </span>
          <CopyButton text={new URL(path, window.location.href).href} of={`the address of ${name}`} />
        </li>
      ))}
    </ul>
  </section>
);

const sideIn = (path: string): string => /(\d+)\.\w+$/.exec(path)?.[1] ?? "";
