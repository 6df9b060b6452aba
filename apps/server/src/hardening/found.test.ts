import { describe, expect, test } from 'vitest'
import { wrongProblem } from './answer-checks.ts'
import { laySiege } from './siege.ts'

/** What hostile requests found once, each by its name. */

const siege = await laySiege()
const admin = () => siege.credentials('admin')

describe('an upload', () => {
  const send = (type: string, payload: string) =>
    siege.network.inject({
      method: 'POST',
      url: '/api/v1/imports',
      headers: { ...admin(), 'content-type': type },
      payload,
    })
  const file = 'Content-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nname\r\na'

  test.each([
    ['without boundary', 'multipart/form-data', 'a'],
    ['with an empty boundary', 'multipart/form-data; boundary=', 'a'],
    ['with a boundary that never comes', 'multipart/form-data; boundary=b', 'a'],
    ['that ends within a file', 'multipart/form-data; boundary=b', `--b\r\n${file}`],
    [
      'that ends within a file of another name',
      'multipart/form-data; boundary=b',
      `--b\r\n${file.replace('"file"', '"x"')}`,
    ],
    [
      'that ends within a field',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="module"\r\n\r\na',
    ],
    ['that ends within its headers', 'multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-da'],
    ['that is empty', 'multipart/form-data; boundary=b', ''],
  ])('%s is a bad request', async (_name, type, payload) => {
    const answer = await send(type, payload)
    expect(wrongProblem(answer)).toEqual([])
    expect([400, 422]).toContain(answer.statusCode)
  })
})

describe('a file', () => {
  const form = (text: string | Buffer) =>
    Buffer.concat([
      Buffer.from('--b\r\nContent-Disposition: form-data; name="module"\r\n\r\naccounts\r\n'),
      Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'),
      Buffer.from(text),
      Buffer.from('\r\n--b--\r\n'),
    ])
  const upload = (text: string | Buffer) => {
    const headers = { ...admin(), 'content-type': 'multipart/form-data; boundary=b' }
    return siege.network.inject({ method: 'POST', url: '/api/v1/imports', headers, payload: form(text) })
  }

  test.each([
    ['UTF-16', Buffer.from('name\nÄiti Oy\n', 'utf16le')],
    ['UTF-16 the other way round', Buffer.from('name\nÄiti Oy\n', 'utf16le').swap16()],
  ])('of %s without a mark is read as what it is', async (_name, content) => {
    const begun = await upload(content)
    expect(begun.statusCode).toBe(202)
    await siege.settle()
    const url = `/api/v1/imports/${begun.json<{ id: string }>().id}`
    const { state, created, columns } = (await siege.network.inject({ url, headers: admin() })).json()
    expect({ state, created, columns }).toEqual({ state: 'done', created: 1, columns: { name: 'name' } })
  })

  test('whose header cannot be stored is refused, rather than begun and never ended', async () => {
    const answer = await upload('na\0me\na\n')
    expect(answer.statusCode).toBe(422)
    expect(wrongProblem(answer)).toEqual([])
  })
})
