// Loaded before the Playground.
'use strict'
const net = require('node:net')

// It listens on every interface and has no option for that: a server given only a port gets 127.0.0.1.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
  const bare = typeof port === 'number' && typeof rest[0] !== 'string' && typeof rest[0] !== 'number'
  return bare ? listen.call(this, port, '127.0.0.1', ...rest) : listen.call(this, port, ...rest)
}

// It ends with whoever started it, however that ended: our end of standard input closes then.
process.stdin.resume()
process.stdin.on('close', () => process.exit(0))
