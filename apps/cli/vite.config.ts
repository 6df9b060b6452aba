import { statSync } from 'node:fs'
import path from 'node:path'
import { defineConfig, type Plugin } from 'vite'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** What the program is made of besides its modules. */
const BESIDE = ['package-lock.json', 'apps/cli/vite.config.ts']
/** Large, and loaded by the few who need them; or found beside their own files. */
const STAYS = [
  '@scalar/fastify-api-reference',
  'exceljs',
  'fast-json-stringify',
  'nodemailer',
  'pdfkit',
  'pg-native',
  'pino',
]

/** The program with its libraries as one file: `bailiwick` starts in half the time. Its sources run as well, as they are. */
export default defineConfig({
  plugins: [placesOfSources(), listOfSources()],
  ssr: { noExternal: true, external: STAYS },
  build: {
    ssr: 'src/main.ts',
    outDir: 'dist',
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { codeSplitting: false, entryFileNames: 'main.js' } },
  },
})

/** Wherever the repository lies. */
function isOurs(id: string): boolean {
  return path.isAbsolute(id) && !path.relative(ROOT, id).includes('node_modules')
}

/** What a module of ours finds beside itself it finds from the file that it became a part of. */
function placesOfSources(): Plugin {
  const built = path.join(import.meta.dirname, 'dist')
  return {
    name: 'places-of-sources',
    transform(code, id) {
      if (!isOurs(id) || !code.includes('import.meta.url')) return
      const place = JSON.stringify(path.relative(built, id).split(path.sep).join('/'))
      return { code: code.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`), map: null }
    },
  }
}

/** `sources.json`: each file of ours in it, its size and when it was changed. */
function listOfSources(): Plugin {
  return {
    name: 'list-of-sources',
    generateBundle() {
      const modules = [...this.getModuleIds()].filter(isOurs).map((id) => path.relative(ROOT, id))
      const files = [...modules, ...BESIDE]
      const sources = files.map((file) => {
        const { size, mtimeMs } = statSync(path.join(ROOT, file))
        return [file.split(path.sep).join('/'), size, mtimeMs]
      })
      this.emitFile({ type: 'asset', fileName: 'sources.json', source: JSON.stringify(sources) })
    },
  }
}
