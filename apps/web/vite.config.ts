import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where a server to develop against listens: `npm start`'s own place. */
const SERVER = process.env.BAILIWICK_SERVER ?? 'http://127.0.0.1:7200'

/**
 * What is fetched together is one file, with what it rests on: a list page of a hundred small ones took a second longer. First what every
 * page needs, then the list, then the controls of forms and menus. The rest is parted by what needs it.
 */
const CHUNKS = [
  { name: 'first', tags: ['$initial' as const], priority: 2 },
  { name: 'list', test: /features[\\/]lists[\\/]list-page\.tsx$/, priority: 1 },
  {
    name: 'controls',
    test: /components[\\/](Combobox|Popover|Modal|Menu|Select|Checkbox|Switch|Textarea|NumberInput)[\\/]|@floating-ui|ui[\\/]field-input/,
    minShareCount: 3,
  },
]

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    manifest: 'manifest.json',
    target: 'es2023',
    // Styles and fonts stay files: the content security policy takes none that are written into the page.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
  server: {
    port: 7210,
    proxy: { '/api': { target: SERVER, changeOrigin: true, headers: { origin: SERVER } } },
  },
})
