import { Container, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSystemPermission } from '../../lib/me.ts'
import { PageFailed } from '../../ui/page-failed.tsx'
import { PageLoading } from '../../ui/page-loading.tsx'
import { PageMissing } from '../../ui/page-missing.tsx'
import { AnswersForm } from './answers-form.tsx'
import { PeopleForm } from './people-form.tsx'
import { inForceQuery } from './policy-queries.ts'
import type { Answers } from './proposal/answers.ts'
import { ProposalView } from './proposal-view.tsx'

type Step = 'about' | 'proposal' | 'people'

/** The first minutes of an organization: what it does, what follows from that, and who works in it. */
export function WelcomePage() {
  const managesAccess = useSystemPermission('manageAccess')
  return managesAccess ? <Welcome /> : <PageMissing />
}

function Welcome() {
  const { t } = useTranslation()
  const [step, setStep] = useState<Step>('about')
  const [answers, setAnswers] = useState<Answers>({
    business: 'companies',
    size: 'few',
    departments: ['sales', 'support', 'marketing'],
  })
  const inForce = useQuery(inForceQuery)
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step begins at its heading, for who listens, too
  useEffect(() => heading.current?.focus(), [step])
  if (inForce.error) return <PageFailed error={inForce.error} />
  if (!inForce.data) return <PageLoading />
  const { document, version } = inForce.data
  return (
    <Container size="md" p="md" ms={0}>
      <Stack gap="lg">
        <Title order={1} ref={heading} tabIndex={-1}>
          {t(`welcome:step.${step}`)}
        </Title>
        <Text c="dimmed">{t(`welcome:help.${step}`)}</Text>
        {step === 'about' && (
          <AnswersForm
            answers={answers}
            onChange={setAnswers}
            onNext={() => setStep('proposal')}
            onPeople={() => setStep('people')}
          />
        )}
        {step === 'proposal' && (
          <ProposalView
            answers={answers}
            document={document}
            version={version}
            onBack={() => setStep('about')}
            onApplied={() => setStep('people')}
          />
        )}
        {step === 'people' && <PeopleForm document={document} version={version} onBack={() => setStep('about')} />}
        {step === 'people' && (
          <Group gap="lg">
            <Link to="/import">{t('welcome:importNext')}</Link>
            <Link to="/">{t('welcome:finish')}</Link>
          </Group>
        )}
      </Stack>
    </Container>
  )
}
