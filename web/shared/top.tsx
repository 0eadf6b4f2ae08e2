import "./top.css";

const PAGES = [
  ["Playground", "/"],
  ["Avatars", "/avatars"],
] as const;

interface Props {
  readonly page: (typeof PAGES)[number][0];
  readonly about: string;
}

/** Which service this is, and its pages. */
export const Top = ({ page, about }: Props) => (
  <header class="top">
    <h1>edgefit</h1>
    <p>{about}</p>
    <nav aria-label="Pages">
      {PAGES.map(([name, href]) => (
        <a key={name} href={href} aria-current={name === page ? "page" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  </header>
);
