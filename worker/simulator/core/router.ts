import type { Handler } from './http.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One served operation. Path parameters are written `{id}`; an id is digits, so fixed names never collide with it. */
export interface Route {
  method: Method
  path: string
  handler: Handler
}

export interface Match {
  /** The route's path, for logs and counters. */
  path: string
  params: Record<string, string>
  handlers: Partial<Record<Method, Handler>>
}

interface Node {
  children: Map<string, Node>
  parameter?: { name: string; node: Node }
  path?: string
  handlers: Partial<Record<Method, Handler>>
}

/** A route table as a tree of path segments: matching costs as many steps as the path has segments. */
export function createRouter(routes: Route[]): (path: string) => Match | undefined {
  const root = emptyNode()
  for (const route of routes) {
    const node = route.path.split('/').slice(1).reduce(descend, root)
    node.path = route.path
    node.handlers[route.method] = route.handler
  }
  return (path) => {
    const params: Record<string, string> = {}
    let node = root
    for (const segment of path.split('/').slice(1)) {
      const child = node.children.get(segment)
      if (child) node = child
      else if (node.parameter && segment !== '' && (node.parameter.name !== 'id' || /^\d{1,16}$/.test(segment))) {
        const value = decode(segment)
        if (value === undefined) return undefined
        params[node.parameter.name] = value
        node = node.parameter.node
      } else return undefined
    }
    return node.path ? { path: node.path, params, handlers: node.handlers } : undefined
  }
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}

function descend(node: Node, segment: string): Node {
  const name = /^\{(.+)\}$/.exec(segment)?.[1]
  if (name) {
    node.parameter ??= { name, node: emptyNode() }
    return node.parameter.node
  }
  let child = node.children.get(segment)
  if (!child) node.children.set(segment, (child = emptyNode()))
  return child
}

function emptyNode(): Node {
  return { children: new Map(), handlers: {} }
}
