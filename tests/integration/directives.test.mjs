// The configurations that nginx takes, and what it says to those it does not.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'

import { loadModule, nginxPath } from './nginx.mjs'

describe('directives', () => {
  const cases = {
    'no snapshot': ['location /t/ { tsunagari on; }',
      /no "tsunagari_snapshot" is defined/],
    'regular expression': ['tsunagari_snapshot a; location ~ ^/t/ ' +
      '{ tsunagari on; }', /given by a prefix only/],
    'named location': ['tsunagari_snapshot a; location @t { tsunagari on; }',
      /given by a prefix only/],
    'outside a location': ['tsunagari on;', /not allowed here/],
    'neither on nor off': ['location /t/ { tsunagari maybe; }',
      /invalid value/],
    'twice': ['tsunagari_snapshot a; tsunagari_snapshot b;',
      /is duplicate/],
    'memo in a server': ['tsunagari_memo 1m;', /not allowed here/],
    'origin without a scheme': ['tsunagari_origin example.jp;',
      /not http:\/\/ or https:\/\/ and a host/],
    'origin of another scheme': ['tsunagari_origin ftp://example.jp;',
      /not http:\/\/ or https:\/\/ and a host/],
    'origin in the clear': ['tsunagari_origin http://127.0.0.1:8080;', null],
    'origin without a host': ['tsunagari_origin https://;', /and a host/],
    'origin in the clear without a host': ['tsunagari_origin http://;',
      /and a host/],
    'origin with a path': ['tsunagari_origin https://example.jp/;',
      /more than a scheme, a host and a port/],
    'origin with a quote': ["tsunagari_origin 'https://a\"b';",
      /more than a scheme, a host and a port/],
    'empty path': ['tsunagari_snapshot "";', /empty path/],
    'interval in a server': ['tsunagari_check_interval 2s;',
      /not allowed here/],
    'interval too short': ['', /is not between 10ms and 1h/,
      'tsunagari_check_interval 9ms;'],
    'interval too long': ['', /is not between 10ms and 1h/,
      'tsunagari_check_interval 61m;'],
    'interval': ['', null, 'tsunagari_check_interval 1h;'],
    'audience of nobody': ['tsunagari_audience nobody;', /invalid value/],
    'audience in http': ['', /not allowed here/,
      'tsunagari_audience members;'],
    'audience twice': ['tsunagari_audience members; ' +
      'tsunagari_audience public;', /is duplicate/],
    'status with an argument': ['location /s { tsunagari_status on; }',
      /invalid number of arguments/],
    'status twice': ['location /s { tsunagari_status; tsunagari_status; }',
      /is duplicate/],
    'status without a snapshot': ['location /s { tsunagari_status; }', null],
    'fine': ['tsunagari_snapshot a; tsunagari_origin https://a.jp:8443; location /t/ { tsunagari on; ' +
      'if ($arg_x) { set $y 1; } limit_except GET { deny all; } ' +
      'location /t/off/ { tsunagari off; } }', null],
  }
  for (const [name, [lines, wanted, http = '']] of Object.entries(cases)) {
    test(`directives__${name.replaceAll(' ', '_')}`, () => {
      const dir = mkdtempSync(join(tmpdir(), 'tsunagari-conf-'))
      try {
        writeFileSync(join(dir, 'nginx.conf'), `${loadModule}
pid ${dir}/pid; error_log stderr; events {}
http { access_log off; ${http} client_body_temp_path ${dir}/a; proxy_temp_path ${dir}/b;
fastcgi_temp_path ${dir}/c; uwsgi_temp_path ${dir}/d; scgi_temp_path ${dir}/e;
server { listen 127.0.0.1:19199; ${lines} } }`)
        const { status, stderr } = spawnSync(nginxPath,
          ['-t', '-p', dir, '-c', join(dir, 'nginx.conf'), '-e', 'stderr'],
          { encoding: 'utf8' })
        if (wanted === null) {
          assert.equal(status, 0, stderr)
        } else {
          assert.notEqual(status, 0)
          assert.match(stderr, wanted)
        }
      } finally {
        rmSync(dir, { recursive: true, force: true })
      }
    })
  }
})
