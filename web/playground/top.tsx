/** Which service this is, and its other page. */
export const Top = () => (
  <header class="top">
    <h1>edgefit</h1>
    <p>Pictures by URL, made at the edge</p>
    <nav aria-label="Pages">
      <a href="/" aria-current="page">
        Playground
      </a>
      <a href="/avatars">Avatars</a>
    </nav>
  </header>
);
