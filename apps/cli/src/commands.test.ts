import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDesk, run } from './testing/command.ts'

const desk = openDesk()
const ORG = ['--org', 'nordwind']
const JSON_OUT = '--json'

const POLICY = `bailiwick: 1
roles:
  head: { name: Head of sales }
  rep: { name: Representative, parent: head }
profiles:
  sales:
    system: [useApi]
    modules:
      accounts: { actions: [create, read, update, share, import, export] }
users:
  ada: { name: Ada, email: ada@nordwind.example, profiles: [administrator] }
  anna: { name: Anna, email: anna@nordwind.example, role: rep, profiles: [sales] }
  mikko: { name: Mikko, role: head, profiles: [sales] }
  omar: { name: Omar, profiles: [sales] }
restrictionRules:
  closed: { module: accounts, for: ["user:mikko"], when: { field: site, op: eq, value: Closed }, level: read }
tests:
  omar-sees-nothing-of-annas:
    { as: "user:omar", module: accounts, record: { owner: "user:anna", name: Acme }, cannot: [read] }
invariants:
  nobody-deletes: { nobody: { except: ["user:ada"] }, can: delete, on: accounts }
`
const ACCOUNTS = `External ID,Account Name,Site
A-1,Acme,Closed
A-2,Borealis,
A-3,,Helsinki
`

/** All of it is one story on one data folder: starting processes takes most of the time. */
afterAll(() => desk.clear())

describe('Without a server, and without data', () => {
  it('looking for data makes none', async () => {
    const { code, stderr } = await desk.run(['policy', 'log', ...ORG])
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^bailiwick: There is no data in .*\n$/),
    })
  })

  it('an organization is made, with an administrator who can sign in and a key', async () => {
    const made = await desk.run([
      'org',
      'create',
      'nordwind',
      '--name',
      'Nordwind',
      '--admin-email',
      'ada@nordwind.example',
      JSON_OUT,
    ])
    expect(made.code).toBe(0)
    expect(made.stderr).toBe('')
    expect(made.json()).toEqual({
      organization: 'nordwind',
      user: 'admin',
      password: expect.stringMatching(/^\S{12,}$/),
      key: expect.stringMatching(/^bw_\S{40,}$/),
    })
  })

  it('a document is read from a pipe and planned: there is something to do', async () => {
    const plan = await desk.run(['policy', 'plan', '-', ...ORG, JSON_OUT], POLICY)
    expect(plan.code).toBe(2)
    expect(plan.json()).toMatchObject({ version: 1, applies: true, upToDate: false, tests: [{ passed: true }] })
  })

  it('two commands at once wait for each other', async () => {
    desk.write('policy.yaml', POLICY)
    const [applied, listed] = await Promise.all([
      desk.run(['policy', 'apply', 'policy.yaml', '--reason', 'People', ...ORG, JSON_OUT]),
      desk.run(['policy', 'log', ...ORG, JSON_OUT]),
    ])
    // Where the first takes long, the other one says that it waits.
    const stderr = expect.stringMatching(/^(bailiwick: .* Waiting for it to answer …\n)?$/)
    expect(applied).toMatchObject({ code: 0, stderr })
    expect(applied.json()).toMatchObject({ version: 2, changes: expect.arrayContaining([expect.anything()]) })
    expect(listed).toMatchObject({ code: 0, stderr })
    expect(listed.json()).toHaveProperty('items')
  })
})

describe('The command line itself', () => {
  it.each([
    [['polcy'], /Did you mean policy\?/],
    [['policy', 'aply', 'policy.yaml'], /Did you mean apply\?/],
    [['key', 'create', ...ORG], /required option '--user/],
    [['policy', 'diff', 'one', '2', ...ORG], /A version is a number/],
  ])('%j is answered with what is wrong with it', async (args, wrong) => {
    const { code, stdout, stderr } = await desk.run(args)
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' })
    expect(stderr).toMatch(wrong)
    expect(stderr).not.toContain('    at ')
  })

  it('has help with an example', async () => {
    const { code, stdout } = await desk.run(['policy', 'plan', '--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/Usage: bailiwick policy plan .*\n[\s\S]*Example:\n {2}\$ bailiwick policy plan/)
    expect(stdout).toContain('Exit code: 0 nothing to do, 2 changes')
  })
})

describe('With a server', () => {
  let stop: () => Promise<number | null>
  beforeAll(async () => {
    stop = await desk.serve()
  })

  it('a key is made for a person named by address', async () => {
    const made = await desk.run(['key', 'create', ...ORG, '--user', 'ANNA@nordwind.example', JSON_OUT])
    expect(made.json()).toEqual({ key: expect.stringMatching(/^bw_/) })
  })

  it('the policy exported and planned again changes nothing', async () => {
    const exported = await desk.run(['policy', 'export', ...ORG])
    desk.write('exported.yaml', exported.stdout)
    const plan = await desk.run(['policy', 'plan', 'exported.yaml', ...ORG])
    expect(plan).toMatchObject({ code: 0, stderr: '' })
    expect(plan.stdout).toContain('Nothing to do: version 2 says the same.')
    expect(plan.stdout).toContain('Tests  1 passed')
  })

  it('what is wrong with a document is told all at once, with line and column', async () => {
    desk.write('wrong.yaml', POLICY.replace('parent: head', 'parent: haed').replace('field: site', 'field: sight'))
    const refused = await desk.run(['policy', 'apply', 'wrong.yaml', ...ORG])
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^ {2}wrong\.yaml:4:\d+ {2}\/roles\/rep\/parent$/m)
    expect(refused.stderr).toMatch(/^ {2}wrong\.yaml:16:\d+ {2}\/restrictionRules\/closed\/when\/field$/m)
    expect(refused.stderr).not.toContain('    at ')
  })

  it('a plan whose examples fail can’t be applied', async () => {
    desk.write('open.yaml', `${POLICY}modules:\n  accounts: { sharing: read }\n`)
    const plan = await desk.run(['policy', 'plan', 'open.yaml', ...ORG])
    expect(plan.code).toBe(1)
    expect(plan.stdout).toContain('An apply would be refused.')
    expect(plan.stdout).toContain('/tests/omar-sees-nothing-of-annas')
    const tested = await desk.run(['policy', 'test', 'open.yaml', ...ORG, JSON_OUT])
    expect(tested.code).toBe(1)
    expect(tested.json()).toMatchObject({ passed: false, tests: [{ passed: false }], invariants: [{ holds: true }] })
  })

  it('text that is no YAML is told with its line, and the failure as JSON where JSON was asked for', async () => {
    desk.write('broken.yaml', 'bailiwick: 1\nusers:\n  anna: {name: Anna\n')
    const refused = await desk.run(['policy', 'plan', 'broken.yaml', ...ORG, JSON_OUT])
    expect(refused.code).toBe(1)
    expect(refused.json()).toMatchObject({
      error: { errors: [{ place: expect.stringMatching(/^broken\.yaml:4:1$/) }] },
    })
    expect(refused.stderr).toContain('broken.yaml is neither YAML nor JSON.')
  })

  it('a document that holds itself is told with its line, and sent nowhere', async () => {
    desk.write('ring.yaml', 'bailiwick: 1\nusers: &all\n  anna: *all\n')
    const refused = await desk.run(['policy', 'plan', 'ring.yaml', ...ORG, JSON_OUT])
    expect(refused.code).toBe(1)
    expect(refused.json()).toMatchObject({
      error: { errors: [{ path: '/users/anna', message: 'It holds itself.', place: 'ring.yaml:3:9' }] },
    })
  })

  it('a base that moved is told, with what changed since', async () => {
    const moved = await desk.run(['policy', 'apply', 'policy.yaml', '--base', '1', ...ORG])
    expect(moved.code).toBe(1)
    expect(moved.stderr).toMatch(/it is at version 2[\s\S]*\/users\/anna\n +was added since your base/)
  })

  it.each([
    ['an unknown organization', ['policy', 'export', '--org', 'nowhere'], /There is no organization "nowhere"/],
    ['an unknown person', ['import', 'accounts', 'policy.yaml', ...ORG, '--as', 'eve'], /There is no user "eve"/],
    ['a person without the right', ['policy', 'export', ...ORG, '--as', 'anna'], /"manageAccess"/],
    ['a file that isn’t there', ['policy', 'plan', 'gone.yaml', ...ORG], /gone\.yaml cannot be read/],
  ])('%s is told in one line', async (_what, args, message) => {
    const { code, stdout, stderr } = await desk.run(args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('versions are listed, compared and brought back', async () => {
    const diff = await desk.run(['policy', 'diff', '1', '2', ...ORG])
    expect(diff.stdout).toMatch(/^ {2}\+ \/users\/anna /m)
    const back = await desk.run(['policy', 'rollback', '2', ...ORG, JSON_OUT])
    expect(back.json()).toEqual({ version: 2, changes: [] })
    const log = await desk.run(['policy', 'log', ...ORG])
    expect(log.stdout).toMatch(/^2 {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}operator {2}\d+ changes\n {4}People$/m)
  })

  it('a file goes in, and its rejected rows come back with reasons', async () => {
    desk.write('accounts.csv', ACCOUNTS)
    const imported = await desk.run(['import', 'accounts', 'accounts.csv', ...ORG, '--as', 'anna', JSON_OUT])
    expect(imported).toMatchObject({ code: 0, stderr: '' })
    const rejectedFile = path.join(desk.folder, 'accounts.rejected.csv')
    expect(imported.json()).toEqual({ created: 2, updated: 0, rejected: 1, rejectedFile })
    expect(readFileSync(rejectedFile, 'utf8')).toContain('A-3')
  })

  it('records come out, with the fields asked for', async () => {
    const args = ['export', 'accounts', ...ORG, '--as', 'mikko', '--fields', 'externalId,name', '--sort', 'name']
    const printed = await desk.run(args)
    expect(printed).toMatchObject({ code: 0, stderr: '' })
    expect(printed.stdout).toMatch(/A-1[\s\S]*Acme[\s\S]*A-2[\s\S]*Borealis/)
    const written = await desk.run([...args, 'accounts.jsonl', JSON_OUT])
    expect(written.json()).toMatchObject({ records: 2, format: 'jsonl' })
    expect(readFileSync(path.join(desk.folder, 'accounts.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2)
  })

  it('a decision is explained: what reaches the record, what lowers it, what is missing', async () => {
    const explained = await desk.run(['explain', 'mikko', 'update', 'accounts', 'A-1', ...ORG])
    expect(explained.stdout).toMatch(
      /^mikko may not update accounts A-1 \(.*\)\. The level is read; edit is needed\.$/m,
    )
    expect(explained.stdout).toContain('stands above its owner (role:head > role:rep): full')
    expect(explained.stdout).toContain('the restriction rule closed: at most read is left')
    expect(explained.stdout).toContain('the level is read, and edit is needed')
    const asked = await desk.run(['explain', 'omar', 'read', 'accounts', 'A-1', ...ORG, JSON_OUT])
    expect(asked.json()).toMatchObject({ allowed: false, level: 'none', missing: [{ kind: 'level' }] })
  })

  it('a plan tells who gains what, in numbers', async () => {
    const plan = await desk.run(['policy', 'plan', '-', ...ORG], POLICY.replace('field: site,', 'field: name,'))
    expect(plan.code).toBe(2)
    expect(plan.stdout).toMatch(/^ {2}~ \/restrictionRules\/closed\/when .*field: site.* → .*field: name/m)
    expect(plan.stdout).toContain('update, share accounts: 1 person gains 1 record')
    expect(plan.stdout).toContain('by the restriction rule closed: 1 person gains')
    expect(plan.stdout).toContain('mikko  update accounts  +1')
  })

  it('it is told who can, and that a record isn’t there', async () => {
    const who = await desk.run(['who-can', 'update', 'accounts', 'A-1', ...ORG, JSON_OUT])
    const { items } = who.json() as { items: { user: string }[] }
    expect(items.map(({ user }) => user)).toEqual(['ada', 'anna'])
    const nowhere = await desk.run(['who-can', 'read', 'accounts', 'A-9', ...ORG])
    expect(nowhere).toMatchObject({ code: 1, stderr: 'bailiwick: There is no record A-9 in accounts.\n' })
  })

  it('a change that others have to approve waits, and says so', async () => {
    const asking = (approvals: number) => `${POLICY}organization: { name: Nordwind, approvals: ${approvals} }\n`
    expect((await desk.run(['policy', 'apply', '-', ...ORG], asking(1))).code).toBe(0)
    const planned = await desk.run(['policy', 'plan', '-', ...ORG], asking(0))
    expect(planned.code).toBe(2)
    expect(planned.stdout).toContain('An apply would wait for the approval of another person who manages access;')
    const waiting = await desk.run(['policy', 'apply', '-', ...ORG], asking(0))
    expect(waiting.code).toBe(0)
    expect(waiting.stdout).toMatch(/^Waits as change 1 for the approval of another person who manages? access/)
    const atOnce = await desk.run(['policy', 'apply', '-', '--without-approval', ...ORG], asking(0))
    expect(atOnce).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Applied as version/) })
  })

  it('Ctrl-C ends a command that waits', async () => {
    const waiting = desk.spawn(['policy', 'plan', '-', ...ORG])
    const ended = run(waiting)
    // More than a pipe holds: it is read, so the command is under way.
    await new Promise((resolve) => waiting.stdin?.write('# says nothing\n'.repeat(200_000), resolve))
    waiting.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 130, stdout: '', stderr: 'bailiwick: Interrupted.\n' })
  })

  it('a second server is told who has the data; the first one drains and leaves', async () => {
    const second = await desk.run(['start'])
    expect(second.code).toBe(75)
    expect(second.stderr).toMatch(/is held by process \d+/)
    expect(await stop()).toBe(0)
  })
})
