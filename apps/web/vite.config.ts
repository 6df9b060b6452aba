import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where a server to develop against listens: `npm start`'s own place. */
const SERVER = process.env.BAILIWICK_SERVER ?? 'http://127.0.0.1:7200'

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    manifest: 'manifest.json',
    target: 'es2023',
    // Styles and fonts stay files: the content security policy takes none that are written into the page.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: {
    port: 7210,
    proxy: { '/api': { target: SERVER, changeOrigin: true, headers: { origin: SERVER } } },
  },
})
