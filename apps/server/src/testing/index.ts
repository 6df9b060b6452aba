export { createTestDatabase, dropTestDatabase, type TestDatabase, testDatabase } from './test-database.ts'
