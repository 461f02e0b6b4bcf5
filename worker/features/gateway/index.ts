export { readForMirror } from './read-for-mirror.ts'
