import { type FileHandle, open } from 'node:fs/promises'

/**
 * A file that grows with the job and never holds more than the job has committed to: what is written counts only once the length that
 * `write` answered is saved in the same transaction as the rows, and what lies beyond is written over.
 */
export class SideFile {
  readonly #file: FileHandle
  /** Bytes that count. */
  #length: number

  private constructor(file: FileHandle, length: number) {
    this.#file = file
    this.#length = length
  }

  static async open(path: string, length: number): Promise<SideFile> {
    const file = await open(path, length > 0 ? 'r+' : 'w', 0o600)
    await file.truncate(length)
    return new SideFile(file, length)
  }

  get length(): number {
    return this.#length
  }

  /** Writes after what counts; the length with it, for `keep` once it is saved. */
  async write(text: string): Promise<number> {
    const bytes = Buffer.from(text)
    if (bytes.length > 0) await this.#file.write(bytes, 0, bytes.length, this.#length)
    return this.#length + bytes.length
  }

  keep(length: number): void {
    this.#length = length
  }

  async close(): Promise<void> {
    await this.#file.truncate(this.#length)
    await this.#file.close()
  }
}
