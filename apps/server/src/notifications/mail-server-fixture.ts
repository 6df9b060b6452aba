import type { SMTPServer } from 'smtp-server'

/** Lets a mail server of a test's listen, on loopback. @returns its port */
export function listenForMails(server: SMTPServer): Promise<number> {
  return new Promise((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}
