import { Alert, Input } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { comparableFields } from '../../ui/condition/comparisons.ts'
import { conditionOf, type Group, groupOf } from '../../ui/condition/condition.ts'
import { ConditionBuilder } from '../../ui/condition/condition-builder.tsx'
import { attributeNames } from './attribute-names.ts'
import { useDraft } from './draft.tsx'
import { fieldsOfModule } from './module-fields.ts'

interface Props {
  readonly label: string
  readonly description: string
  /** The module whose records it is about; none until one is chosen. */
  readonly module: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** When a rule holds. What isn't filled in stays in it, so that the rule can't be kept as if that weren't there. */
export function ConditionInput({ label, description, module, value, onChange }: Props) {
  const { t } = useTranslation()
  const { document } = useDraft()
  const [group, setGroup] = useState(() => groupOf(value))
  const known = fieldsOfModule(document, module)
  const subject = {
    fields: comparableFields(known),
    known,
    asker: 'anybody',
    attributes: attributeNames(document),
  } as const
  const update = (next: Group) => {
    setGroup(next)
    onChange(conditionOf(next, 'kept'))
  }
  return (
    <Input.Wrapper label={label} description={description} labelElement="div">
      <div style={{ paddingBlockStart: 8 }}>
        {module === '' && group.parts.length === 0 ? (
          <Alert variant="light" color="gray" title={t('admin:condition.moduleFirst')} />
        ) : (
          <ConditionBuilder subject={subject} group={group} onChange={update} />
        )}
      </div>
    </Input.Wrapper>
  )
}
