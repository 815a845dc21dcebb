# What zsh offers for a line, one a line: ask_zsh.zsh COMPLETION_FILE LINE. Completion runs only in an
# interactive shell, so one is started in a pseudo-terminal; compadd there prints what it is given.
zmodload zsh/zpty
zpty -b asked zsh -f -i
send() { zpty -w asked "$1" }
send 'PS1= PROMPT= ; stty -echo; autoload -Uz compinit; compinit -u -D; zstyle ":completion:*" verbose no'
send "fpath=(${1:h} \$fpath); autoload -Uz _boardless; compdef _boardless boardless"
# Words are matched against what was typed by the true compadd, which -O has put them into an array.
send 'compadd() {
  local -a hits; local word
  if [[ ${@[(I)-[OAD]]} -gt 0 ]]; then builtin compadd "$@"; return; fi
  builtin compadd -O hits "$@"
  for word in $hits; do print -r -- "offer:${IPREFIX}${word}"; done
  builtin compadd "$@"
}'
send 'bindkey "^I" complete-word; zle -C ask complete-word _main_complete; bindkey "^T" ask; print ready'
local line
while zpty -r asked line; do [[ $line == *ready* ]] && break; done
zpty -w -n asked "$2"$'\t'
zpty -w -n asked $'\C-U'"print finished"$'\n'
while zpty -r asked line; do
  [[ $line == *finished* ]] && break
  [[ $line == *offer:* ]] && print -r -- ${${line##*offer:}%%[$'\r\n']*}
done
zpty -d asked
