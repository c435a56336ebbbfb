/** Loaded into a child process before the command: whatever would reach a network throws. */
import dgram from 'node:dgram'
import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'

function forbid(owner: object, names: readonly string[]): void {
  for (const name of names) {
    Reflect.set(owner, name, () => {
      throw new Error(`The network was asked for: ${name}.`)
    })
  }
}

forbid(net, ['connect', 'createConnection', 'createServer'])
forbid(net.Socket.prototype, ['connect'])
forbid(tls, ['connect'])
forbid(http, ['request', 'get', 'createServer'])
forbid(https, ['request', 'get'])
forbid(dgram, ['createSocket'])
forbid(dns, ['lookup', 'resolve', 'resolve4', 'resolve6'])
forbid(dns.promises, ['lookup', 'resolve', 'resolve4', 'resolve6'])
forbid(globalThis, ['fetch', 'WebSocket', 'EventSource'])
syncBuiltinESMExports()
