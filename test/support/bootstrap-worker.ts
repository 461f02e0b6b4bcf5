export default { fetch: () => new Response('bootstrap') }
