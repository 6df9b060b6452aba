import { UnstyledButton } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import classes from './sidebar.module.css'

interface Props {
  readonly to: string
  readonly icon: ReactNode
  readonly label: string
  /** Only this very address is the place; unstated, what lies below it too. */
  readonly exact?: boolean
}

/** One place of the side bar. */
export function SidebarLink({ to, icon, label, exact = false }: Props) {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const isHere = path === to || (!exact && path.startsWith(`${to}/`))
  return (
    <UnstyledButton component={Link} to={to} className={classes.link} aria-current={isHere ? 'page' : undefined}>
      {icon}
      <bdi className={classes.label}>{label}</bdi>
    </UnstyledButton>
  )
}
