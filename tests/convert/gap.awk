# gap.awk -v dir=DIR [-v max=1]: a generalised assignment problem of the
# OR-Library to an explicit instance in DIR.  Numbers: agents m, tasks n, m
# rows of n costs, m rows of n uses, m capacities.
#
# A task is an indivisible line of quantity 1.  Every task must be given to an
# agent: leaving one out costs more than all others could gain, so that
# objective = (max ? profit : -cost) - price * tasks left out.
{ for (i = 1; i <= NF; i++) number[count++] = $i + 0 }
END {
    m = number[0]; n = number[1]
    if (count != 2 + 2 * m * n + m) {
        print "gap.awk: " count " numbers do not fit" > "/dev/stderr"
        exit 1
    }
    for (k = 2; k < 2 + m * n; k++)
        if (number[k] > high) high = number[k]
    price = (high + 1) * n
    needs = dir "/needs.csv"; lines = dir "/lines.csv"
    offers = dir "/offers.csv"; pairs = dir "/pairs.csv"
    print "need,budget_yen,max_partners" > needs
    print "line,need,quantity,uncovered_price,indivisible" > lines
    print "offer,capacity,max_needs,min_lot,org" > offers
    print "line,offer,score,cost_yen,use" > pairs
    print "name,value" > (dir "/params.csv")
    for (j = 0; j < n; j++) {
        print "task" j ",," > needs
        print "task" j ",task" j ",1," price ",1" > lines
    }
    for (i = 0; i < m; i++) {
        print "agent" i "," number[2 + 2 * m * n + i] ",,," > offers
        for (j = 0; j < n; j++) {
            value = number[2 + i * n + j]
            print "task" j ",agent" i "," (max ? value : -value) ",0," \
                number[2 + m * n + i * n + j] > pairs
        }
    }
}
