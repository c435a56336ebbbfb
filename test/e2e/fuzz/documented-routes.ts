import type { Schema, Schemas } from './json-schema.ts'

/** A value in a path or a query. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required?: boolean
  readonly schema: Schema
}

interface Content {
  readonly [type: string]: { readonly schema: Schema }
}

interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

/** What `/openapi.json` answers. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Schemas }
}

/** One method of one path. */
export interface Route {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly params: readonly Parameter[]
  readonly query: readonly Parameter[]
  /** Schema of the body by content type; empty = it takes none. */
  readonly body: Content
  /** Schema of the answer by status and content type. */
  readonly answers: Readonly<Record<string, Content>>
}

/** Every route of the document, in its order. */
export function routesOf({ paths }: ApiDocument): readonly Route[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const { parameters = [], requestBody, responses } = operation
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        params: parameters.filter((one) => one.in === 'path'),
        query: parameters.filter((one) => one.in === 'query'),
        body: requestBody?.content ?? {},
        answers: Object.fromEntries(
          Object.entries(responses).map(([status, { content = {} }]) => [status, content]),
        ),
      }
    }),
  )
}
