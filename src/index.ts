export default {
  fetch: () => new Response("edgefit\n"),
} satisfies ExportedHandler;
