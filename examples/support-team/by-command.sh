#!/bin/sh
# Three agents of one person learn from each other at the command line.
#
#     sh examples/support-team/by-command.sh
set -eu
cd "$(dirname "$0")"

# 1. A memory for each agent.
for agent in coder qa billing; do reverie store create "$agent"; done

# 2. Sessions of all three, and the memory of the QA agent learns. Nothing is written yet.
dream=$(
  reverie dream store:coder store:qa store:billing \
    --sessions coder=sessions/coder qa=sessions/qa billing=sessions/billing \
    --into store:qa --json | sed -n 's/.*"id": "\(drm_[^"]*\)".*/\1/p' | head -n 1
)
reverie show "$dream"

# 3. A person has looked at it.
reverie apply "$dream"
