# What zsh offers for a line, one a line: ask_zsh.zsh COMPLETION_FILE LINE. Completion runs only in an
# interactive shell, so one is started in a pseudo-terminal; compadd there writes down what it is given.
zmodload zsh/zpty
export OFFERED=$(mktemp)
trap 'rm -f $OFFERED' EXIT
zpty -b asked zsh -f -i
send() { zpty -w asked "$1" }
wait_for() {
  repeat 600; do
    [[ $(<$OFFERED) == *$1* ]] && return
    sleep 0.05
  done
}
send 'setopt no_auto_list no_auto_menu no_list_beep; autoload -Uz compinit; compinit -u -D'
send "fpath=(${(q)1:h} \$fpath); autoload -Uz _boardless; compdef _boardless boardless"
# Calls that only fill arrays are the completion system's own; -O has the true one tell what matches.
send 'compadd() { local -a hits; local word prefix; integer p=${@[(I)-p]}
  (( p )) && prefix=${@[p+1]}
  if (( ${@[(I)-[OAD]]} )); then builtin compadd "$@"; return; fi
  builtin compadd -O hits "$@"
  for word in $hits; do print -r -- "${IPREFIX}${prefix}${word}" >>$OFFERED; done
  builtin compadd "$@" }'
# Ctrl-T rather than Tab: a Tab is no question while the shell starts, or when keys wait behind it.
send 'ask() { zle complete-word; print finished >>$OFFERED }; zle -N ask; bindkey "^T" ask; print begun >>$OFFERED'
wait_for begun
zpty -w -n asked "$2"$'\C-T'
wait_for finished
grep -vx 'begun\|finished' $OFFERED
zpty -d asked
