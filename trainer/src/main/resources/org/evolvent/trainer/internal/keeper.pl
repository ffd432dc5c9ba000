# Stands between the driver and one trainer, on Linux, so that nothing which the trainer starts can get away: whoever loses its
# parent becomes a child of this process, whatever session or environment it has (prctl(2), PR_SET_CHILD_SUBREAPER).
# Usage: perl -e SCRIPT PRCTL DRIVER PROGRAM ARGUMENT..., with the number of that system call and the driver's process id.
#
# When the trainer ends, so do all that it left, and then this process, with the trainer's exit code (128 and more for a signal). An exit
# code up to 128 means that nobody is left. When the driver is gone and its watchdog has not ended us in time, everything ends.
use strict;

my ($prctl, $driver, @command) = @ARGV;
my $seconds_for_the_watchdog = 2;
my $seconds_to_die = 5;

sub become {
    delete $ENV{PERL_BADLANG} if ($ENV{PERL_BADLANG} // '') eq '0';
    exec { $command[0] } @command;
    print STDERR "$command[0] cannot be started: $!\n";
    exit 127;
}

become() if syscall(0 + $prctl, 36, 1, 0, 0, 0) != 0;
$SIG{CHLD} = 'DEFAULT';
my $trainer = fork;
become() unless defined $trainer;
if ($trainer == 0) {
    setpgrp 0, 0;
    become();
}

# The trainer's pipes have to break when the trainer lets go of them.
open STDIN, '<', '/dev/null';
open STDOUT, '>', '/dev/null';
open STDERR, '>', '/dev/null';
chdir '/';
$SIG{$_} = 'IGNORE' for qw(HUP INT TERM PIPE);

my ($status, $last);
my $alone = 0;
$SIG{ALRM} = sub {
    # Killed, so that the watchdog looks for those who are left.
    kill 'KILL', $$ if defined $last && time > $last;
    $alone++ if getppid != $driver;
    kill 'KILL', $trainer if $alone > $seconds_for_the_watchdog && !defined $status;
    alarm 1;
};
alarm 1;

sub children {
    my @found;
    for my $file (glob '/proc/[0-9]*/stat') {
        open my $in, '<', $file or next;
        my $line = <$in> // '';
        push @found, $1 if $line =~ /^(\d+) .*\) \S (\d+) /s && $2 == $$;
    }
    return @found;
}

while ((my $ended = waitpid -1, 0) > 0) {
    do {
        $status = $? if $ended == $trainer;
    } while (($ended = waitpid -1, 1) > 0);
    if (defined $status && $ended == 0) {
        $last //= time + $seconds_to_die;
        kill 'KILL', children();
    }
}
# While Perl ends it has no handlers any more: an alarm would kill this process, and look like a trainer's fault.
$SIG{ALRM} = 'IGNORE';
alarm 0;
exit($status & 127 ? 128 + ($status & 127) : $status >> 8);
