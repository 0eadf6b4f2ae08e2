/** Everything below the title bar of `GET /avatars`. */
export const Page = () => (
  <main>
    <h1>Avatars</h1>
  </main>
);
