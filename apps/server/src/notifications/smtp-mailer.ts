import type { Transporter } from 'nodemailer'
import type { Mailer, OutgoingMail } from './mail-parts.ts'

const TIMEOUT_MS = 30_000

/** Hands mails to an SMTP server. @param url `smtp://user:password@host:port` or `smtps://…` */
export function smtpMailer(url: string, from: string): Mailer {
  const { protocol, hostname, port, username, password } = new URL(url)
  const isSecure = protocol === 'smtps:'
  const options = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (isSecure ? 465 : 587),
    secure: isSecure,
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  let transport: Transporter | undefined
  const domain = from.split('@').at(-1) ?? 'localhost'
  return {
    send: async ({ id, to, subject, text, html }: OutgoingMail) => {
      // Loaded when the first mail goes out.
      const { createTransport } = await import('nodemailer')
      transport ??= createTransport(options)
      await transport.sendMail({
        from: { name: 'Bailiwick', address: from },
        to,
        subject,
        text,
        html,
        // The same at each try: where a mail was taken and nobody heard so, the second is known to be the first.
        messageId: `<${id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
    close: () => transport?.close(),
  }
}

/** The sender where none is set: of the host that people know the server by. */
export function usualSender(publicUrl: string | undefined): string {
  const host = publicUrl === undefined ? 'localhost' : new URL(publicUrl).hostname
  return `no-reply@${host}`
}
