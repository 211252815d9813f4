// A PLC directory and one personal data server without an AppView, on the two ports given. It says its address on a line of its
// own, and ends when its standard input does, so that it never outlives whoever started it.
const { createRequire } = require('node:module')

const [folder, plcPort, pdsPort] = process.argv.slice(2)
const { TestNetworkNoAppView } = createRequire(`${folder}/`)('@atproto/dev-env')

async function main() {
  const network = await TestNetworkNoAppView.create({
    plc: { port: Number(plcPort) },
    pds: { port: Number(pdsPort), hostname: 'localhost', inviteRequired: false },
  })
  console.log(network.pds.url)
  process.stdin.on('end', async () => {
    await network.close()
    process.exit(0)
  })
  process.stdin.resume()
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
