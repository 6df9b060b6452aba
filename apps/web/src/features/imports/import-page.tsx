import { Anchor, Group, Select, Stack, Title } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../lib/me.ts'
import { useModules } from '../../lib/modules.ts'
import { useLabel } from '../../lib/text.ts'
import { PageMissing } from '../../ui/page-missing.tsx'
import type { ImportSource } from './api.ts'
import { ChooseFile } from './choose-file.tsx'
import styles from './imports.module.css'
import { PrepareImport } from './prepare-import.tsx'

const route = getRouteApi('/inside/import')

/** Brings a file in: choose it, look what it would come to, start. Only for modules into which the person may import. */
export function ImportPage() {
  const { t } = useTranslation()
  const { module: asked } = route.useSearch()
  const navigate = route.useNavigate()
  const modules = useImportable()
  const [file, setFile] = useState<File>()
  const module = modules.find((one) => one.value === asked)?.value ?? modules[0]?.value
  if (module === undefined) return <PageMissing />
  return (
    <Stack className={styles.page} gap="lg">
      <Group justify="space-between">
        <Title order={1}>{t('imports:title')}</Title>
        <Anchor component={Link} to="/imports">
          {t('imports:own.title')}
        </Anchor>
      </Group>
      <Select
        label={t('imports:module')}
        data={modules}
        value={module}
        onChange={(next) => next && navigate({ search: { module: next }, replace: true })}
        allowDeselect={false}
        maw="20rem"
      />
      {file ? (
        <Prepare
          key={`${module} ${file.name} ${file.lastModified} ${file.size}`}
          module={module}
          file={file}
          onOther={() => setFile(undefined)}
        />
      ) : (
        <ChooseFile onFile={setFile} />
      )}
    </Stack>
  )
}

/** What was sent is remembered with the file, as long as it is this one. */
function Prepare({
  module,
  file,
  onOther,
}: {
  readonly module: string
  readonly file: File
  readonly onOther: () => void
}) {
  const [source] = useState<ImportSource>(() => ({ module, file }))
  return <PrepareImport source={source} onOther={onOther} />
}

function useImportable() {
  const label = useLabel()
  const modules = useModules()
  const me = useMe()
  const open = new Set(me.modules.filter(({ actions }) => actions.includes('import')).map(({ module }) => module))
  return modules
    .filter(({ module }) => open.has(module))
    .map(({ module, plural }) => ({ value: module, label: label(plural, module) }))
}
