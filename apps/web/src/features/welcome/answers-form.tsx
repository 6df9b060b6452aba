import { Button, Checkbox, Group, Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Answers, BUSINESSES, DEPARTMENTS, SIZES } from './proposal/answers.ts'

interface Props {
  readonly answers: Answers
  readonly onChange: (answers: Answers) => void
  readonly onNext: () => void
  /** Past the proposal. */
  readonly onPeople: () => void
}

/** What the organization does, how many work with it, and in which departments. */
export function AnswersForm({ answers, onChange, onNext, onPeople }: Props) {
  const { t } = useTranslation()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onNext()
      }}
    >
      <Stack gap="lg">
        <Radio.Group
          label={t('welcome:businessLabel')}
          value={answers.business}
          onChange={(value) => {
            const business = BUSINESSES.find((one) => one === value)
            if (business) onChange({ ...answers, business })
          }}
        >
          <Stack gap="xs" mt="xs">
            {BUSINESSES.map((business) => (
              <Radio key={business} value={business} label={t(`welcome:business.${business}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Radio.Group
          label={t('welcome:sizeLabel')}
          value={answers.size}
          onChange={(value) => {
            const size = SIZES.find((one) => one === value)
            if (size) onChange({ ...answers, size })
          }}
        >
          <Group gap="lg" mt="xs">
            {SIZES.map((size) => (
              <Radio key={size} value={size} label={t(`welcome:size.${size}`)} />
            ))}
          </Group>
        </Radio.Group>
        <Checkbox.Group
          label={t('welcome:departmentsLabel')}
          value={[...answers.departments]}
          onChange={(chosen) =>
            onChange({ ...answers, departments: DEPARTMENTS.filter((one) => chosen.includes(one)) })
          }
        >
          <Group gap="lg" mt="xs">
            {DEPARTMENTS.map((department) => (
              <Checkbox key={department} value={department} label={t(`welcome:department.${department}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <Group>
          <Button type="submit">{t('welcome:propose')}</Button>
          <Button variant="subtle" onClick={onPeople}>
            {t('welcome:onlyPeople')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
