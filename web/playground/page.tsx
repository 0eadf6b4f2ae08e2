/** Everything below the title bar of `GET /`. */
export const Page = () => (
  <main>
    <h1>edgefit</h1>
  </main>
);
