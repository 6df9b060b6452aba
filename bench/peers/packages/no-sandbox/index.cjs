/**
 * Stands in for a module that has to be compiled. Directus takes it in at its start and uses it only where a flow runs a script or an
 * extension is sandboxed, which nothing here does.
 */
class Isolate {
  constructor() {
    throw new Error('Scripts of flows and sandboxed extensions are left out of this comparison')
  }
}

module.exports = { Isolate }
