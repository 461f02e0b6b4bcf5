import { paraglideVitePlugin } from '@inlang/paraglide-js'
import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

// Kit writes one inline style attribute into the page it starts from; this is the hash of exactly that value.
const KIT_STYLE_ATTRIBUTE = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='
// The palette's parts come with `style="display: contents;"`.
const DISPLAY_CONTENTS = 'sha256-iaOezIDcQIoxCULa6FBKKuLUu09R7kG+Mlu+JVfU3Rw='

/** Where `vite dev` finds a running API; `npm start` listens there. */
const api = process.env['WEBNOVA_API'] ?? 'http://localhost:8787'

export default defineConfig({
  plugins: [
    tailwindcss(),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
      localStorageKey: 'webnova:locale',
      emitTsDeclarations: false,
      emitReadme: false,
    }),
    sveltekit({
      adapter: adapter({ pages: 'build', assets: 'build', fallback: 'index.html' }),
      // An open dashboard learns of a deployment within five minutes and takes it with its next change of page.
      version: { pollInterval: 300_000 },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-hashes', KIT_STYLE_ATTRIBUTE, DISPLAY_CONTENTS],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'manifest-src': ['self'],
          'worker-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
        },
      },
    }),
  ],
  // Fonts and images stay files: a data: font would need a wider policy.
  build: { assetsInlineLimit: 0, target: 'es2022' },
  // Svelte packages ship sources that Node cannot load by itself; the server build only makes the start page.
  ssr: { noExternal: true },
  server: { port: 5173, proxy: { '/api': { target: api, ws: true } } },
})
