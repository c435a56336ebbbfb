import { describe, expect, it } from 'vitest'
import { findSecretKinds, secretRedactor } from '../redact.ts'

const redact = async (text: string): Promise<string> => (await secretRedactor()(text)).text

describe('a secret told in a sentence', () => {
  it.each([
    ['my password is hunter2.', 'my password is [redacted:password].'],
    ['the db login is admin / Xk29fjs8Qw', 'the db login is admin / [redacted:password]'],
    ['the api key is 9f8a7b6c5d4e3f2a1b0c', 'the api key is [redacted:secret]'],
    [
      'our deploy passphrase is correct horse battery staple',
      'our deploy passphrase is [redacted:password]',
    ],
    [
      'The root password for db1 is Tr0ub4dor&3.',
      'The root password for db1 is [redacted:password].',
    ],
    ['The wifi password is sunshine99', 'The wifi password is [redacted:password]'],
    ['Passwort für den Server ist geheim123', 'Passwort für den Server ist [redacted:password]'],
    ['Das Kennwort lautet Sommer2025!', 'Das Kennwort lautet [redacted:password]'],
    ['PIN is 4711', 'PIN is [redacted:pin]'],
    ['the door code is 8264.', 'the door code is [redacted:pin].'],
    ['My password is now "zebra42x", ok?', 'My password is now "[redacted:password]", ok?'],
    ['**Password:** hunter2', '**Password:** [redacted:password]'],
    ['Password for staging: blue-Falcon7', 'Password for staging: [redacted:password]'],
    ['the admin password is walrus.', 'the admin password is [redacted:password].'],
    ['{"text":"my password is hunter2."}', '{"text":"my password is [redacted:password]."}'],
    ['credentials are admin:hunter22', 'credentials are admin:[redacted:password]'],
    ['The access token is qx81mmz02kd', 'The access token is [redacted:secret]'],
    ['the password is 4711', 'the password is [redacted:password]'],
    ['sshpass -p secret ssh root@db1', 'sshpass -p [redacted:password] ssh root@db1'],
    ['mysql -u root -pSecret shop', 'mysql -u root -p[redacted:password] shop'],
    ['curl -u user:pass https://x.org', 'curl -u user:[redacted:password] https://x.org'],
    ['card 4111 1111 1111 1111, thanks', 'card [redacted:card-number], thanks'],
    ['card 5555555555554444', 'card [redacted:card-number]'],
    ['amex 3782 822463 10005', 'amex [redacted:card-number]'],
    ['my SSN is 536-22-8714.', 'my SSN is [redacted:social-security-number].'],
    [
      'social security number: 536228714',
      'social security number: [redacted:social-security-number]',
    ],
  ])('is taken out of %j', async (text, clean) => {
    expect(await redact(text)).toBe(clean)
    expect(findSecretKinds(clean)).toEqual([])
  })
})

describe('a sentence about secrets that tells none', () => {
  it.each([
    'the token is expired',
    'password is stored in the vault',
    'the login page is at /login',
    'token count is 5000',
    'The token count is 5000 and the token budget is 200000.',
    'The password is required.',
    'the password is wrong',
    'My password is not working.',
    'The password is missing, try again.',
    'The password was reset yesterday.',
    'Your password is too short: use 12 characters.',
    'Passwords are hashed with argon2id.',
    'The password is hashed with bcrypt12 before it is stored.',
    'The password is in the keychain of the build machine.',
    'The password is optional; null is fine.',
    'the password for the database is $DB_PASSWORD',
    'The password for staging is in DB_PASSWORD_STAGING.',
    'the password is DB_PASSWORD_2 of the environment',
    'the password is <your-password1>',
    'the password is process.env.DB_PASS2',
    'the password is $VAULT_DB1',
    'The api key is read from config2.yaml',
    'The api key is config2.yaml',
    'the api key is at https://example.org/keys/v2',
    'The api key is vault:secret/data/app1#key',
    'The secret key is SHA256 of the seed.',
    'the token is 0f0e0d0c-0b0a-4908-8706-050403020100',
    'The token is valid for 3600s.',
    'the login is slow: 1200ms',
    'The login endpoint is POST /api/v2/login.',
    'The credentials are in 1Password.',
    'password: string',
    'Password: required',
    'The passwort ist falsch.',
    'Das Passwort ist abgelaufen.',
    'Das Passwort ist im Tresor gespeichert.',
    'The pin is 13 on this board.',
    'The pin of the LED is 13.',
    'The exit code is 1234.',
    'The password length is 16 and the password policy is strict2024.',
    'the minimum password is 1000 characters',
    'commit 9f8a7b6c5d4e3f2a1b0c9f8a7b6c5d4e3f2a1b0c is the fix',
    'The key insight is 2026-proof caching.',
    'ordered on 2026-11-02, 555-123-4567',
    'order 4111111111111112 was shipped',
    'timestamp 1732333599123456',
    'ratio 0.4111111111111111',
    'sshpass -p "$SSH_PASS" ssh db1',
    'mysql -u root -p shop',
    'curl -u "$USER:$PASS" https://x.org',
    'docker run -u 1000:1000 image',
    'ssh -p 2222 host',
    'We switched login from password to OAuth2.',
  ])('stays: %j', async (text) => {
    expect(await redact(text)).toBe(text)
  })
})
