import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { EXIT, StartUpError } from './start-up-error.ts'

const read = (environment: Record<string, string>) => readConfig(environment, '/srv/bailiwick')
const refusal = (environment: Record<string, string>) => {
  try {
    return read(environment)
  } catch (error) {
    return error
  }
}

describe('the settings', () => {
  it('need not be given', () => {
    expect(read({})).toEqual({
      host: '127.0.0.1',
      port: 7200,
      dataFolder: '/srv/bailiwick/data',
      masterKey: { file: '/srv/bailiwick/data/master.key', make: true },
      log: 'info',
      largestFile: 25 * 1024 * 1024,
    })
  })

  it('are each taken over', () => {
    const environment = {
      HOST: '0.0.0.0',
      PORT: '0',
      BAILIWICK_DATA: '/var/lib/bailiwick',
      DATABASE_URL: 'postgres://app:secret@db.example/crm?sslmode=verify-full',
      BAILIWICK_MASTER_KEY_FILE: 'keys/master',
      BAILIWICK_DEMO: '0',
      BAILIWICK_LOG: 'WARN',
      SMTP_URL: 'smtps://mail.example:465',
      BAILIWICK_PUBLIC_URL: 'https://crm.example/bailiwick/',
      BAILIWICK_METRICS_TOKEN: 'a-token-of-some-length',
      BAILIWICK_FILE_LIMIT: '2',
    }
    expect(read(environment)).toEqual({
      host: '0.0.0.0',
      port: 0,
      dataFolder: '/var/lib/bailiwick',
      databaseUrl: environment.DATABASE_URL,
      masterKey: { file: '/srv/bailiwick/keys/master', make: false },
      demo: false,
      log: 'warn',
      smtpUrl: environment.SMTP_URL,
      publicUrl: 'https://crm.example/bailiwick',
      metricsToken: environment.BAILIWICK_METRICS_TOKEN,
      largestFile: 2 * 1024 * 1024,
    })
    expect(read({ BAILIWICK_DEMO: '1' }).demo).toBe(true)
  })

  it('count as not given where they are empty', () => {
    expect(read({ DATABASE_URL: '', PORT: ' ', BAILIWICK_DEMO: '', BAILIWICK_DATA: '' })).toEqual(read({}))
  })

  it.each([
    ['PORT', 'http', 'PORT is "http": it has to be a whole number from 0 to 65535.'],
    [
      'BAILIWICK_FILE_LIMIT',
      '0',
      'BAILIWICK_FILE_LIMIT is "0": it has to be a whole number of megabytes, at most 9999.',
    ],
    ['PORT', '65536', 'PORT is "65536": it has to be a whole number from 0 to 65535.'],
    ['PORT', '-1', 'PORT is "-1": it has to be a whole number from 0 to 65535.'],
    ['PORT', '80\n81', 'PORT is "80\\n81": it has to be a whole number from 0 to 65535.'],
    [
      'BAILIWICK_DEMO',
      'yes',
      'BAILIWICK_DEMO is "yes": it has to be 1 (yes), 0 (no) or again (also where it was thrown away).',
    ],
    [
      'BAILIWICK_LOG',
      'loud',
      'BAILIWICK_LOG is "loud": it has to be one of fatal, error, warn, info, debug, trace, silent.',
    ],
    [
      'DATABASE_URL',
      'mysql://app:secret@db',
      'DATABASE_URL is not an address: it has to begin with postgres:// or postgresql://.',
    ],
    [
      'DATABASE_URL',
      'host=db password=secret',
      'DATABASE_URL is not an address: it has to begin with postgres:// or postgresql://.',
    ],
    ['SMTP_URL', 'mail.example', 'SMTP_URL is not an address: it has to begin with smtp:// or smtps://.'],
    [
      'BAILIWICK_PUBLIC_URL',
      'crm.example',
      'BAILIWICK_PUBLIC_URL is not an address: it has to begin with http:// or https://.',
    ],
    [
      'BAILIWICK_PUBLIC_URL',
      'https://a:b@crm.example',
      'BAILIWICK_PUBLIC_URL holds more than an address: leave out the sign-in, the ? and the #.',
    ],
    ['BAILIWICK_METRICS_TOKEN', 'short', 'BAILIWICK_METRICS_TOKEN is too short: it has to be at least 16 characters.'],
  ])('are refused in one line that tells the cure: %s=%j', (name, value, message) => {
    const error = refusal({ [name]: value })
    expect(error).toBeInstanceOf(StartUpError)
    expect(error).toMatchObject({ message, exitCode: EXIT.configuration })
  })
})
