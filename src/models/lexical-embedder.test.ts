import { embedderContract } from './embedder.contract.ts'
import { lexicalEmbedder } from './lexical-embedder.ts'

embedderContract({ name: 'lexical', make: lexicalEmbedder })
