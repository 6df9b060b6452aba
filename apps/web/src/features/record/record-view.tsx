import { Box, Tabs } from '@mantine/core'
import { useDisclosure, useHotkeys, useMediaQuery } from '@mantine/hooks'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { editFirst } from './fields/edit-first.ts'
import { FieldSections } from './fields/field-sections.tsx'
import { RecordHeader } from './header/record-header.tsx'
import { PrintedRecord } from './print/printed-record.tsx'
import { usePrinting } from './print/use-printing.ts'
import { useRecord } from './record-context.tsx'
import styles from './record-view.module.css'
import { DuplicatesHint } from './related/duplicates-hint.tsx'
import { NextStep } from './related/next-step.tsx'
import { RelatedLists } from './related/related-lists.tsx'
import { hasLines } from './sales/sales-queries.ts'
import { focusComposer } from './timeline/focus-composer.ts'
import { Timeline } from './timeline/timeline.tsx'

const AccessDrawer = lazy(async () => ({ default: (await import('./access/access-drawer.tsx')).AccessDrawer }))

const LineItems = lazy(async () => ({ default: (await import('./sales/line-items.tsx')).LineItems }))
const BudgetActuals = lazy(async () => ({ default: (await import('./sales/budget-actuals.tsx')).BudgetActuals }))

/** A phone has one column, most screens two, a wide one three. */
const ONE = '(max-width: 61.99em)'
const THREE = '(min-width: 100em)'

type Part = 'details' | 'lines' | 'actuals' | 'timeline' | 'related'

export function RecordView() {
  const { info, may } = useRecord()
  const { t } = useTranslation()
  const isPrinting = usePrinting()
  const [accessOpened, access] = useDisclosure()
  useHotkeys([
    ['e', () => may('update') && editFirst()],
    ['c', () => focusComposer()],
    ['s', access.open],
  ])
  return (
    <article>
      <RecordHeader onAccess={access.open} />
      {/* Kept while it is printed: something may be typed in it. */}
      <div hidden={isPrinting}>
        <Columns isPrinting={isPrinting} />
      </div>
      {isPrinting && (
        <PrintedRecord
          own={ownPart(info.module).map((part) => ({
            name: t(`record:part.${part}`),
            part: <PartContent part={part} />,
          }))}
        />
      )}
      {accessOpened && (
        <Suspense>
          <AccessDrawer opened onClose={access.close} />
        </Suspense>
      )}
    </article>
  )
}

/** How many columns there is room for; on paper, as many as there were before. */
function useColumns(isPrinting: boolean): 1 | 2 | 3 {
  const isOne = useMediaQuery(ONE, undefined, { getInitialValueInEffect: false })
  const isThree = useMediaQuery(THREE, undefined, { getInitialValueInEffect: false })
  const now: 1 | 2 | 3 = isOne ? 1 : isThree ? 3 : 2
  const [kept, setKept] = useState<1 | 2 | 3>(now)
  if (!isPrinting && kept !== now) setKept(now)
  return isPrinting ? kept : now
}

function Columns({ isPrinting }: { readonly isPrinting: boolean }) {
  const columns = useColumns(isPrinting)
  const isThree = columns === 3
  const { info } = useRecord()
  const own = ownPart(info.module)
  if (columns === 1) return <Parts parts={['details', ...own, 'timeline', 'related']} />
  return (
    <Box className={isThree ? styles.three : styles.two}>
      <Box className={styles.column}>
        <PartContent part="details" />
      </Box>
      {isThree ? (
        <>
          <Parts parts={[...own, 'timeline']} />
          <Box className={styles.column}>
            <PartContent part="related" />
          </Box>
        </>
      ) : (
        <Parts parts={[...own, 'timeline', 'related']} />
      )}
    </Box>
  )
}

/** What records of some modules have besides. */
function ownPart(module: string): readonly Part[] {
  if (hasLines(module)) return ['lines']
  return module === 'budgets' ? ['actuals'] : []
}

/** Parts of the page, one at a time. */
function Parts({ parts }: { readonly parts: readonly Part[] }) {
  const { t } = useTranslation()
  const [part, setPart] = useState<string | null>(parts[0] ?? null)
  const [only] = parts
  if (only && parts.length === 1) {
    return (
      <Box className={styles.column}>
        <PartContent part={only} />
      </Box>
    )
  }
  return (
    <Tabs value={part} onChange={setPart} className={styles.column}>
      <Tabs.List className="bw-no-print">
        {parts.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {t(`record:part.${each}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {parts.map((each) => (
        <Tabs.Panel key={each} value={each} pt="md">
          <PartContent part={each} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

function PartContent({ part }: { readonly part: Part }): ReactNode {
  const { info } = useRecord()
  switch (part) {
    case 'lines':
      return <Suspense>{hasLines(info.module) && <LineItems module={info.module} />}</Suspense>
    case 'actuals':
      return (
        <Suspense>
          <BudgetActuals />
        </Suspense>
      )
    case 'details':
      return <FieldSections />
    case 'timeline':
      return (
        <>
          <DuplicatesHint />
          <NextStep />
          <Timeline />
        </>
      )
    case 'related':
      return <RelatedLists />
  }
}
