/**
 * Who may import whom (docs/architecture.md). Every rule says what to do instead.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const CORE = '^worker/(?!cli/)'

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or hide a third: move the shared part below both.',
      severity: 'error',
      // A component that draws a tree imports itself.
      from: { path: '(.+)' },
      to: { circular: true, pathNot: '^$1$' },
    },
    {
      name: 'no-unresolvable',
      comment: 'This import leads nowhere: correct the path or add the package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^cloudflare:', '^\\$app/', '^#lib/', '^virtual:'] },
    },
    {
      name: 'kernel-imports-nothing',
      comment: 'kernel/ is pure: pass what it needs as an argument, or define an interface in the kernel.',
      severity: 'error',
      from: { path: '^worker/kernel/' },
      to: { path: '^(worker|web|test)/', pathNot: '^worker/kernel/' },
    },
    {
      name: 'features-meet-at-their-index',
      comment: "Import another feature's public verbs from its index.ts; add the verb there if it is missing.",
      severity: 'error',
      from: { path: '^worker/features/([^/]+)/' },
      to: {
        path: '^worker/features/([^/]+)/',
        pathNot: ['^worker/features/$1/', '^worker/features/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'features-from-outside-by-their-index',
      comment: 'Outside the features, too, a feature is entered through its index.ts.',
      severity: 'error',
      from: { path: CORE, pathNot: '^worker/features/[^/]+/' },
      to: { path: '^worker/features/[^/]+/', pathNot: '^worker/features/[^/]+/index\\.ts$' },
    },
    {
      name: 'sql-in-stores-only',
      comment: 'Only *.store.ts and db/ import drizzle: put the query into the store of the feature and call that.',
      severity: 'error',
      from: { path: CORE, pathNot: ['\\.store\\.ts$', '^worker/db/'] },
      to: { path: '(^|/)node_modules/drizzle-orm/|^drizzle-orm' },
    },
    {
      name: 'http-in-routes-only',
      comment: 'Only routes.ts files, http/ and app.ts import hono: let the verb take and return plain data.',
      severity: 'error',
      from: { path: CORE, pathNot: ['(^|/)routes\\.ts$', '^worker/http/', '^worker/app\\.ts$'] },
      to: { path: '(^|/)node_modules/(hono|@hono)/|^(hono|@hono)(/|$)' },
    },
    {
      name: 'the-providers-words-stay-inside',
      comment: 'Only provider/hetzner and its registry know the provider: use the interface in provider/provider.ts.',
      severity: 'error',
      from: { path: CORE, pathNot: ['^worker/provider/', '^worker/features/gateway/'] },
      to: { path: '^worker/provider/hetzner/' },
    },
    {
      name: 'web-knows-no-worker',
      comment: 'The dashboard talks to the API: use the generated client in web/src/lib/api (npm run openapi).',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^worker/' },
    },
    {
      name: 'ui-knows-no-feature',
      comment: 'web/src/lib/ui is the design system: pass texts, values and snippets in as properties.',
      severity: 'error',
      from: { path: '^web/src/lib/ui/' },
      to: { path: '^web/src/(lib/(?!ui/|errors/|i18n/|format/|paraglide/)|routes/)' },
    },
    {
      name: 'worker-knows-no-web',
      comment: 'The Worker serves the built dashboard as files and imports nothing of it.',
      severity: 'error',
      from: { path: CORE },
      to: { path: '^web/' },
    },
    {
      name: 'simulator-in-the-demo-only',
      comment: 'Only entries/demo.ts and tests import the simulator: production must not contain it.',
      severity: 'error',
      from: { path: '^worker/', pathNot: ['^worker/simulator/', '^worker/entries/demo\\.ts$'] },
      to: { path: '^worker/simulator/' },
    },
    {
      name: 'simulator-stands-alone',
      comment: 'The simulator plays the other side: it shares no code with the Worker, or both could be wrong alike.',
      severity: 'error',
      from: { path: '^worker/simulator/' },
      to: { path: '^worker/', pathNot: '^worker/simulator/' },
    },
    {
      name: 'host-access-in-its-entry-only',
      comment: 'Only entries/host-access.ts and tests import host-access: the core must not contain it.',
      severity: 'error',
      from: { path: '^worker/', pathNot: ['^worker/host-access/', '^worker/entries/host-access\\.ts$'] },
      to: { path: '^worker/host-access/' },
    },
    {
      name: 'objects-know-no-feature',
      comment: 'A Durable Object gets what it calls as an argument from the entry: see objects/action-lock.ts.',
      severity: 'error',
      from: { path: '^worker/objects/' },
      to: { path: '^worker/features/' },
    },
    {
      name: 'lower-layers-look-down',
      comment: 'provider, db and objects stand on the kernel alone: move what is shared into kernel/.',
      severity: 'error',
      from: { path: '^worker/(provider|db|objects)/' },
      to: { path: '^worker/', pathNot: ['^worker/kernel/', '^worker/$1/'] },
    },
    {
      name: 'http-stands-on-the-kernel',
      comment: 'http/ serves every feature and knows none: let the app pass the feature in (see app.ts).',
      severity: 'error',
      from: { path: '^worker/http/' },
      to: { path: '^worker/(features|objects|provider|simulator)/' },
    },
    {
      name: 'commands-stand-apart',
      comment:
        'The commands run in Node and the Worker in workerd: they share the kernel and the reckoning of the seals.',
      severity: 'error',
      from: { path: '^worker/cli/' },
      to: { path: CORE, pathNot: ['^worker/kernel/', '^worker/features/seals/(gzip|keys|verify|read-export)\\.ts$'] },
    },
    {
      name: 'nobody-imports-the-commands',
      comment: 'The commands run in Node: what the Worker needs as well belongs into kernel/.',
      severity: 'error',
      from: { path: CORE },
      to: { path: '^worker/cli/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['web/src/lib/paraglide/', 'web/node_modules/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'browser', 'default'],
      extensions: ['.ts', '.svelte', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
}
