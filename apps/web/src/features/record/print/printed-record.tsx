import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NextStep } from '../related/next-step.tsx'
import { RelatedLists } from '../related/related-lists.tsx'
import { Stream } from '../timeline/timeline.tsx'
import styles from './print.module.css'
import { PrintedFields } from './printed-fields.tsx'

/** The record on paper: all of its parts, one below the other, and nothing to click. */
export function PrintedRecord({
  own,
}: {
  readonly own: readonly { readonly name: string; readonly part: ReactNode }[]
}) {
  const { t } = useTranslation()
  return (
    <div className={styles.paper}>
      <NextStep />
      <PrintedFields />
      {own.map(({ name, part }) => (
        <Part key={name} name={name}>
          {part}
        </Part>
      ))}
      <Part name={t('record:part.timeline')}>
        <Stream kinds={[]} />
      </Part>
      <Part name={t('record:part.related')}>
        <RelatedLists />
      </Part>
    </div>
  )
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section>
      <Title order={2} className={styles.title}>
        {name}
      </Title>
      {children}
    </section>
  )
}
