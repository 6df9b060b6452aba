import '@fontsource-variable/inter/index.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './app/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { printInLight } from './app/print-in-light.ts'
import { Root } from './app/root.tsx'
import { startTexts } from './lib/i18n.ts'
import { initialLanguage } from './lib/languages.ts'

await startTexts(initialLanguage())

printInLight()

const place = document.getElementById('root')
if (!place) throw new Error('The page has no place to draw into.')
createRoot(place).render(
  <StrictMode>
    <Root />
  </StrictMode>,
)

if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/service-worker.js')
