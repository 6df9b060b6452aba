import type { PolicyDocument } from '@bailiwick/access'
import { Alert, Button, Group, List, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { useModules } from '../../lib/modules.ts'
import { countTurnover } from '../../lib/plan-turnover.ts'
import { type LabelText, useLabel } from '../../lib/text.ts'
import { say, sayProblem, unsay } from '../../ui/notify.ts'
import { problemText } from '../../ui/problem-text.ts'
import { apply, inForceQuery, plan, restore } from './policy-queries.ts'
import type { Answers } from './proposal/answers.ts'
import { NAMES } from './proposal/names.ts'
import { OWN_MODULES } from './proposal/own-modules.ts'
import { propose } from './proposal/propose.ts'
import { proposeModules, sharingOf, usedModules } from './proposal/propose-modules.ts'
import { proposeTeams } from './proposal/propose-people.ts'
import { jobsOf } from './proposal/propose-profiles.ts'

interface Props {
  readonly answers: Answers
  readonly document: PolicyDocument
  readonly version: string
  readonly onBack: () => void
  readonly onApplied: () => void
}

/** What is proposed, in plain words, with what applying it would do; and the button for that. */
export function ProposalView({ answers, document, version, onBack, onApplied }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const proposed = propose(document, answers)
  const planned = useQuery({ queryKey: ['welcome', 'plan', version, answers], queryFn: () => plan(proposed) })
  const undo = async (number: number) => {
    try {
      await restore(number)
      await queries.invalidateQueries()
      say(t('welcome:undone'))
    } catch (error) {
      sayProblem(t, error)
    }
  }
  const applying = useMutation({
    mutationFn: () => apply(proposed, version),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: inForceQuery.queryKey })
      void queries.invalidateQueries()
      const before = planned.data?.version ?? 1
      const note = say(
        <Group justify="space-between" wrap="nowrap">
          {t('welcome:applied')}
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              unsay(note)
              void undo(before)
            }}
          >
            {t('welcome:undo')}
          </Button>
        </Group>,
        { autoClose: 20_000 },
      )
      onApplied()
    },
    onError: (error) => sayProblem(t, error),
  })
  return (
    <Stack gap="lg">
      <ModulePart answers={answers} />
      <JobPart answers={answers} />
      <TeamPart answers={answers} />
      {planned.error && <Alert color="red">{problemText(t, planned.error)}</Alert>}
      {planned.data && <Effect plan={planned.data} />}
      <Group>
        <Button
          loading={applying.isPending || planned.isPending}
          disabled={planned.data?.applies === false}
          onClick={() => applying.mutate()}
        >
          {t('welcome:apply')}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {t('welcome:back')}
        </Button>
      </Group>
    </Stack>
  )
}

/** Exactly, over the people and records that there are. */
function Effect({ plan: { changes, effect, errors } }: { readonly plan: Awaited<ReturnType<typeof plan>> }) {
  const { t } = useTranslation()
  const { losing } = countTurnover(effect)
  return (
    <Stack gap={4} role="status">
      <Text fw={500}>
        {t('welcome:changes', { count: changes.length })} {t('welcome:losing', { count: losing })}
      </Text>
      {errors.map(({ path, message }) => (
        <Text key={`${path} ${message}`} c="red">
          {message}
        </Text>
      ))}
    </Stack>
  )
}

function ModulePart({ answers }: { readonly answers: Answers }) {
  const { t } = useTranslation()
  const label = useLabel()
  const mine = useModules()
  const proposed = proposeModules(answers)
  const nameOf = (module: string) => {
    const plural: LabelText | undefined =
      mine.find((one) => one.module === module)?.plural ?? OWN_MODULES[module]?.plural
    return label(plural, module)
  }
  return (
    <Part title={t('welcome:modules')} text={t('welcome:modulesHelp')}>
      {usedModules(answers).map((module) => (
        <List.Item key={module}>
          <b>
            <bdi>{nameOf(module)}</bdi>
          </b>{' '}
          <Text component="span" c="dimmed">
            {t(`welcome:sharing.${sharingOf(answers, module)}`)}
            {proposed[module]?.parent !== undefined && ` ${t('welcome:withAccount')}`}
          </Text>
        </List.Item>
      ))}
    </Part>
  )
}

function JobPart({ answers }: { readonly answers: Answers }) {
  const { t } = useTranslation()
  const label = useLabel()
  return (
    <Part title={t('welcome:jobs')} text={t('welcome:jobsHelp')}>
      {jobsOf(answers).map((job) => (
        <List.Item key={job}>
          <b>{label(NAMES[job])}</b>{' '}
          <Text component="span" c="dimmed">
            {t(`welcome:job.${job}`)}
          </Text>
        </List.Item>
      ))}
    </Part>
  )
}

function TeamPart({ answers }: { readonly answers: Answers }) {
  const { t } = useTranslation()
  const label = useLabel()
  const formats = useFormats()
  const names = Object.entries(proposeTeams(answers)).map(([key, { name }]) => label(name, key))
  if (names.length === 0) return null
  return <Part title={t('welcome:teams')} text={t('welcome:teamsHelp', { names: formats.list(names) })} />
}

interface PartProps {
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}

function Part({ title, text, children }: PartProps) {
  return (
    <section aria-label={title}>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" mb="xs">
        {text}
      </Text>
      {children && <List spacing={4}>{children}</List>}
    </section>
  )
}
