import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { readListSearch } from '../lib/list-search.ts'
import { meQuery } from '../lib/me.ts'
import { modulesQuery } from '../lib/modules.ts'
import { sessionQuery } from '../lib/session.ts'
import { PageFailed } from '../ui/page-failed.tsx'
import { PageMissing } from '../ui/page-missing.tsx'
import { Shell } from './shell.tsx'

interface Context {
  readonly queries: QueryClient
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: PageMissing })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { readonly to?: string } =>
    typeof search.to === 'string' && search.to.startsWith('/') && !search.to.startsWith('//') ? { to: search.to } : {},
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in-page.tsx'), 'SignInPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  validateSearch: (search: Record<string, unknown>): { readonly token?: string } =>
    typeof search.token === 'string' ? { token: search.token } : {},
  component: lazyRouteComponent(() => import('../features/invitation/invitation-page.tsx'), 'InvitationPage'),
})

/** Everything behind sign-in: who it is and what exists for him is known before it is drawn. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } })
  },
  loader: ({ context }) =>
    Promise.all([context.queries.ensureQueryData(meQuery), context.queries.ensureQueryData(modulesQuery)]),
  component: Shell,
  errorComponent: PageFailed,
})

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('../features/home/home-page.tsx'), 'HomePage'),
})

const list = createRoute({
  getParentRoute: () => inside,
  path: '/records/$module',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('../features/lists/list-page.tsx'), 'ListPage'),
  errorComponent: PageFailed,
})

const record = createRoute({
  getParentRoute: () => inside,
  path: '/records/$module/$id',
  component: lazyRouteComponent(() => import('../features/record/record-page.tsx'), 'RecordPage'),
  errorComponent: PageFailed,
})

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
  errorComponent: PageFailed,
})

const admin = createRoute({
  getParentRoute: () => inside,
  path: '/admin/$section',
  component: lazyRouteComponent(() => import('../features/admin/admin-page.tsx'), 'AdminPage'),
  errorComponent: PageFailed,
})

const importFile = createRoute({
  getParentRoute: () => inside,
  path: '/import',
  validateSearch: ({ module }: Record<string, unknown>): { readonly module?: string } =>
    typeof module === 'string' ? { module } : {},
  component: lazyRouteComponent(() => import('../features/imports/import-page.tsx'), 'ImportPage'),
  errorComponent: PageFailed,
})

const imports = createRoute({
  getParentRoute: () => inside,
  path: '/imports',
  component: lazyRouteComponent(() => import('../features/imports/imports-page.tsx'), 'ImportsPage'),
  errorComponent: PageFailed,
})

const importResult = createRoute({
  getParentRoute: () => inside,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('../features/imports/import-result-page.tsx'), 'ImportResultPage'),
  errorComponent: PageFailed,
})

const welcome = createRoute({
  getParentRoute: () => inside,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../features/welcome/welcome-page.tsx'), 'WelcomePage'),
  errorComponent: PageFailed,
})

const tree = root.addChildren([
  signIn,
  invitation,
  inside.addChildren([home, list, record, settings, admin, importFile, imports, importResult, welcome]),
])

/** The addresses of the page. */
export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultNotFoundComponent: PageMissing,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
