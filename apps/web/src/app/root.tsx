import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SpokenLanguage } from '../lib/language.ts'
import { directionOf, type Language } from '../lib/languages.ts'
import { createQueryClient } from '../lib/query-client.ts'
import { createAppRouter } from './router.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { cssVariables, theme } from './theme.ts'

// What locks the page's scrolling behind a dialog writes a style of its own, and looks for the nonce here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() })

/** The whole page: looks, data, addresses. Direction follows the language. */
export function Root() {
  const { i18n } = useTranslation()
  const direction = directionOf(i18n.language as Language)
  const [queries] = useState(createQueryClient)
  const [router] = useState(() => createAppRouter(queries))
  return (
    <SpokenLanguage value={i18n.language}>
      <DirectionProvider initialDirection={direction} detectDirection={false}>
        <FollowDirection direction={direction} />
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          defaultColorScheme="auto"
          getStyleNonce={styleNonce}
        >
          <Notifications position={direction === 'rtl' ? 'bottom-left' : 'bottom-right'} limit={4} />
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
            <SignInAgain />
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </SpokenLanguage>
  )
}

/** What was typed stays where the language changes: nothing is drawn anew but the direction. */
function FollowDirection({ direction }: { readonly direction: 'ltr' | 'rtl' }) {
  const { setDirection } = useDirection()
  useEffect(() => setDirection(direction), [direction, setDirection])
  return null
}

/** The server lets in only style elements that carry the nonce of the page it served. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''
}
