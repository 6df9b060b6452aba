import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import type { Plan } from './policy-queries.ts'
import { useFieldTitle, useItemName } from './use-item-text.ts'
import { useSignInText } from './use-sign-in-text.ts'

const MOST_PEOPLE = 30
const MOST_FIELDS = 12

/** Permissions, figures, fields and signing in: a line for each. */
export function OtherEffects({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const nameOf = useItemName()
  const fieldTitle = useFieldTitle()
  const signInText = useSignInText()
  const { permissions, figures, fields, signIn, moduleActions } = plan.effect
  const listed = (items: readonly string[], most: number, textOf = (item: string) => item) => {
    const list = formats.list(items.slice(0, most).map(textOf))
    if (items.length <= most) return list
    return `${list} (${t('admin:more', { shown: formats.number(most), all: formats.number(items.length) })})`
  }
  const people = (keys: readonly string[]) => listed(keys, MOST_PEOPLE, (key) => nameOf('users', key))
  const turnover = (what: string, gaining: readonly string[], losing: readonly string[]) => [
    ...(gaining.length > 0 ? [t('admin:plan.gains', { who: people(gaining), what })] : []),
    ...(losing.length > 0 ? [t('admin:plan.loses', { who: people(losing), what })] : []),
  ]
  const lines = [
    ...permissions.flatMap(({ permission, gaining, losing }) =>
      turnover(t(`admin:permission.${permission}`), gaining, losing),
    ),
    ...moduleActions.flatMap(({ module, action, gaining, losing }) =>
      turnover(
        t('admin:plan.action', { action: t(`admin:action.${action}`), module: nameOf('modules', module) }),
        gaining,
        losing,
      ),
    ),
    ...figures.flatMap(({ module, gaining, losing }) =>
      turnover(t('admin:plan.figures', { module: nameOf('modules', module) }), gaining, losing),
    ),
    ...fields.flatMap(({ people: whose, changes }) =>
      alike(changes).map(({ module, fields: changed, before, after, mask }) =>
        t('admin:plan.field', {
          who: people(whose),
          field: `${nameOf('modules', module)}: ${listed(changed, MOST_FIELDS, (field) => fieldTitle(module, field))}`,
          before: t(mask ? `admin:mask.${mask.before}` : `admin:choice.${before}`),
          after: t(mask ? `admin:mask.${mask.after}` : `admin:choice.${after}`),
        }),
      ),
    ),
    ...signIn.map(({ people: whose, before, after }) =>
      t('admin:plan.signIn', { who: people(whose), before: signInText(before), after: signInText(after) }),
    ),
  ]
  return lines.map((line) => (
    <Text key={line} size="sm">
      {line}
    </Text>
  ))
}

/** Of a module mostly many fields change alike, as where somebody is made active: they are told in one line. */
function alike(changes: Plan['effect']['fields'][number]['changes']) {
  const groups = Map.groupBy(changes, ({ field: _field, ...alike }) => JSON.stringify(alike))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first ? [{ ...first, fields: group.map(({ field }) => field) }] : []
  })
}
