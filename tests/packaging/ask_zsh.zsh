# What zsh offers for a line, one a line: ask_zsh.zsh COMPLETION_FILE LINE. Completion runs only in an
# interactive shell, so one is started in a pseudo-terminal; compadd there writes down what it is given.
zmodload zsh/zpty
export OFFERED=$(mktemp)
trap 'rm -f $OFFERED' EXIT
zpty -b asked zsh -f -i
send() { zpty -w asked "$1" }
send 'PS1= PROMPT=; setopt no_auto_list no_auto_menu no_list_beep; autoload -Uz compinit; compinit -u -D'
send "fpath=(${1:h} \$fpath); autoload -Uz _boardless; compdef _boardless boardless"
# Calls that only fill arrays are the completion system's own; -O has the true one tell what matches.
send 'compadd() { local -a hits; local word prefix; integer p=${@[(I)-p]}
  (( p )) && prefix=${@[p+1]}
  if (( ${@[(I)-[OAD]]} )); then builtin compadd "$@"; return; fi
  builtin compadd -O hits "$@"
  for word in $hits; do print -r -- "${IPREFIX}${prefix}${word}" >>$OFFERED; done
  builtin compadd "$@" }'
zpty -w -n asked "$2"$'\t'
zpty -w -n asked $'\C-U'"print finished >>\$OFFERED"$'\n'
repeat 300; do
  [[ $(<$OFFERED) == *finished ]] && break
  sleep 0.1
done
grep -vx finished $OFFERED
zpty -d asked
